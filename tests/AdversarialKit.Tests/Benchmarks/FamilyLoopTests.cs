using AdversarialKit.Benchmarks;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>What the comparison of the families compares is the same training: numbers agree, iteration by iteration.</summary>
public sealed class FamilyLoopTests
{
    // Rounding grows from iteration to iteration: kernels of the optimizers differ in the last bits.
    [Theory]
    [InlineData("pix2pix4", 4, 2e-3)]
    [InlineData("cyclegan2", 4, 2e-3)]
    [InlineData("stylegan8", 5, 2e-3)]
    public void Library_AndTheLoopByHand_ComeToTheSameNumbers(string name, int iterations, double tolerance)
    {
        var workload = Workload.Parse(name);

        var library = Numbers(() => FamilyLoop.Library(workload), iterations);
        var byHand = Numbers(() => FamilyLoop.ByHand(workload), iterations);

        library[0].Should().Contain(number => number > 0.1, "something must have been measured");
        for (var i = 0; i < iterations; i++)
        {
            byHand[i].Should().HaveSameCount(library[i]);
            library[i].Zip(byHand[i]).Should().OnlyContain(
                pair => Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(1, Math.Abs(pair.Second)), $"of iteration {i}: {Text(library[i])} and {Text(byHand[i])}");
        }
    }

    private static List<IReadOnlyList<double>> Numbers(Func<IFamilyLoop> make, int iterations)
    {
        random.manual_seed(1);
        using var loop = make();
        return [.. Enumerable.Range(0, iterations).Select(_ =>
        {
            loop.Iterate();
            return loop.Numbers;
        })];
    }

    private static string Text(IReadOnlyList<double> numbers) => string.Join(", ", numbers.Select(number => number.ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture)));
}
