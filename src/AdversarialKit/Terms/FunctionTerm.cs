namespace AdversarialKit;

/// <summary>A term without state.</summary>
internal sealed class FunctionTerm(string description, Func<GeneratorTermContext, Tensor> compute) : IGeneratorTerm
{
    public Tensor Compute(GeneratorTermContext context) => compute(context);

    public override string ToString() => description;
}
