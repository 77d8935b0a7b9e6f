namespace AdversarialKit;

/// <summary>What a generator is rebuilt from.</summary>
internal sealed record ModelSettings(int Latent, IReadOnlyList<int> Widths, double Temperature, bool Conditional)
{
    public RowGenerator Generator(IReadOnlyList<IColumnCodec> codecs) => new(new RowLayout(codecs), Latent, Widths, Temperature);
}
