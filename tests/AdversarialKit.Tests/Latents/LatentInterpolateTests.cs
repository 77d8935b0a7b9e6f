using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Latents;

public sealed class LatentInterpolateTests
{
    [Theory]
    [InlineData(LatentInterpolation.Linear)]
    [InlineData(LatentInterpolation.Spherical)]
    public void Interpolate_Ends_AreThoseGiven(LatentInterpolation way)
    {
        using var scope = NewDisposeScope();
        var (from, to) = (randn(1, 8, 2, 2), randn(1, 8, 2, 2));

        var path = Latent.Interpolate(from, to, 5, way);

        path.shape.Should().Equal(5, 8, 2, 2);
        Snapshot.Digest([("", path.narrow(0, 0, 1))]).Should().Be(Snapshot.Digest([("", from)]));
        Snapshot.Digest([("", path.narrow(0, 4, 1))]).Should().Be(Snapshot.Digest([("", to)]));
    }

    [Fact]
    public void Interpolate_Linear_IsTheStraightLine()
    {
        using var scope = NewDisposeScope();

        var path = Latent.Interpolate(tensor(new[,] { { 0f, 2f } }), tensor(new[,] { { 4f, 0f } }), 5, LatentInterpolation.Linear);

        path.data<float>().ToArray().Should().Equal(0, 2, 1, 1.5f, 2, 1, 3, 0.5f, 4, 0);
    }

    /// <summary>From (1, 0) to (0, 3): a third of the angle is 30 degrees, and sin 60 = 0.866, sin 30 = 0.5 are the shares.</summary>
    [Fact]
    public void Interpolate_Spherical_IsTheGreatCircle()
    {
        using var scope = NewDisposeScope();

        var path = Latent.Interpolate(tensor(new[,] { { 1f, 0f } }), tensor(new[,] { { 0f, 3f } }), 4);

        var values = path.data<float>().ToArray();
        values[2].Should().BeApproximately(0.8660254f, 1e-6f);
        values[3].Should().BeApproximately(1.5f, 1e-6f);
        values[4].Should().BeApproximately(0.5f, 1e-6f);
        values[5].Should().BeApproximately(2.5980762f, 1e-6f);
    }

    [Fact]
    public void Interpolate_SameDirection_IsFinite()
    {
        using var scope = NewDisposeScope();

        Latent.Interpolate(ones(1, 3), ones(1, 3) * 2, 3).data<float>().ToArray().Should().Equal(1, 1, 1, 1.5f, 1.5f, 1.5f, 2, 2, 2);
    }

    [Fact]
    public void Interpolate_ShapesThatDiffer_AreNamed()
    {
        using var scope = NewDisposeScope();

        FluentActions.Invoking(() => Latent.Interpolate(ones(1, 3), ones(2, 3), 3)).Should().Throw<ArgumentException>().WithMessage(
            "A walk goes between two latents of one shape [1, ...] and one type, but these are Float32 [1, 3] and Float32 [2, 3]. (Parameter 'to')");
        FluentActions.Invoking(() => Latent.Interpolate(ones(1, 3), ones(1, 3), 1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            "steps ('1') must be greater than or equal to '2'. (Parameter 'steps')\nActual value was 1.");
    }
}
