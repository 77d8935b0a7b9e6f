namespace AdversarialKit;

/// <summary>A term of the generator's loss with its name, its weight and its interval in generator steps.</summary>
internal sealed record GeneratorTermUse(string Name, IGeneratorTerm Term, double Weight, int Interval)
{
    public override string ToString() =>
        $"{Name}, {Text.Number(Weight)} x {Term}" + (Interval == 1 ? "" : $" every {Interval} steps");
}
