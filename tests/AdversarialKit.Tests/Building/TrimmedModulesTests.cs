using System.Reflection;
using System.Xml.Linq;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Building;

/// <summary>What the check says of a program that really was trimmed, .ci/run sees: it publishes one.</summary>
public sealed class TrimmedModulesTests
{
    [Fact]
    public void Descriptor_TheLayersThereAre_NamesThemAll()
    {
        using var stream = typeof(Gan).Assembly.GetManifestResourceStream("ILLink.Descriptors.xml")!;
        var kept = XDocument.Load(stream).Descendants("type").Select(type => (string?)type.Attribute("fullname"));

        var layers = typeof(Gan).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(nn.Module))).Select(type => type.FullName!);

        kept.Should().BeEquivalentTo(layers);
    }

    [Fact]
    public void Find_ModulesWithAndWithoutFields_FindsNothing()
    {
        using var network = nn.Sequential(new Stateless(), nn.Linear(2, 2), SpectralNorm.Linear(2, 2), nn.Flatten());

        TrimmedModules.Find([("generator", network)]).Should().BeEmpty();
    }

    [Fact]
    public void TrimmedLevel_AClassWithoutFieldsAndConstructors_IsFound()
    {
        var trimmed = new WithoutMembers(typeof(Stateless));

        TrimmedModules.TrimmedLevel(trimmed).Should().BeSameAs(trimmed);
    }

    [Fact]
    public void TrimmedLevel_ABaseClassWithoutFieldsAndConstructors_IsFound()
    {
        var trimmed = new WithoutMembers(typeof(Stateless));

        TrimmedModules.TrimmedLevel(new Derived(trimmed)).Should().BeSameAs(trimmed);
    }

    [Theory]
    [InlineData("", "The generator is a Stateless without parts: publishing trimmed away the fields by which TorchSharp finds them. " +
        "Put <TrimmerRootAssembly Include=\"AdversarialKit.Tests\" /> into an ItemGroup of the project that is published.")]
    [InlineData("body.0", "The generator's module 'body.0' is a Stateless without parts: publishing trimmed away the fields by which TorchSharp finds them. " +
        "Put <TrimmerRootAssembly Include=\"AdversarialKit.Tests\" /> into an ItemGroup of the project that is published.")]
    public void Fault_OfAModule_NamesItAndTheCure(string path, string message) =>
        TrimmedModules.Fault("generator", path, typeof(Stateless)).Should().Be(message);

    private sealed class Stateless() : nn.Module<Tensor, Tensor>(nameof(Stateless))
    {
        public override Tensor forward(Tensor input) => input.square();
    }

    // Looks as a class does in a natively compiled program that was told to keep nothing of it.
    private sealed class WithoutMembers(Type type) : TypeDelegator(type)
    {
        public override FieldInfo[] GetFields(BindingFlags bindingAttr) => [];

        public override ConstructorInfo[] GetConstructors(BindingFlags bindingAttr) => [];
    }

    private sealed class Derived(Type baseType) : TypeDelegator(typeof(Stateless))
    {
        public override Type? BaseType => baseType;
    }
}
