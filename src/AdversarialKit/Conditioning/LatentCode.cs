namespace AdversarialKit;

/// <summary>
/// The part of the latent whose meaning InfoGAN lets the networks discover: one categorical variable as a one-hot vector
/// and continuous ones, uniform on [-1, 1]. They are the last columns of the latent.
/// </summary>
/// <param name="categories">Number of categories; 0 for none.</param>
/// <param name="continuous">Number of continuous variables; 0 for none.</param>
internal sealed class LatentCode(int categories, int continuous)
{
    public int Categories => categories;

    public int Size => categories + continuous;

    public bool IsValid => categories is 0 or >= 2 && continuous >= 0 && Size > 0;

    public Tensor Sample(long count, Generator random, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        if (categories > 0)
        {
            var drawn = randint(categories, count, dtype: ScalarType.Int64, generator: random);
            parts.Add(nn.functional.one_hot(drawn, categories).to(type).to(device));
        }

        if (continuous > 0)
        {
            parts.Add(RandomTensors.Uniform([count, continuous], random, type, device) * 2 - 1);
        }

        return cat(parts, 1).MoveToOuterDisposeScope();
    }

    public override string ToString() => $"{categories} categories and {continuous} continuous variables";
}
