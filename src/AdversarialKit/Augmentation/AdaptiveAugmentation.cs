namespace AdversarialKit;

/// <summary>
/// Adaptive discriminator augmentation, made by <see cref="Augmentation.Adaptive"/>: its strength follows how far the
/// discriminator overfits.
/// </summary>
/// <remarks>
/// Every <c>interval</c> iterations, <c>p = clamp(p + sign(r_t - target) * images / rampImages, 0, 1)</c> with <c>r_t</c> the
/// mean sign of the real logits since the last adjustment and <c>images</c> their number (Karras et al. 2020, section 3
/// and the published training loop, https://arxiv.org/abs/2006.06676).
/// </remarks>
public sealed class AdaptiveAugmentation : IAugmentation, IStateful
{
    private const string ProbabilityName = "probability";
    private const string SignSumName = "sign_sum";
    private const string ImagesName = "images";
    private const string IterationsName = "iterations";

    private readonly DiffAugmentPipeline _pipeline;
    private readonly double _target;
    private readonly long _interval;
    private readonly long _rampImages;
    private AdaptiveState _state;

    internal AdaptiveAugmentation(
        DiffAugmentPipeline pipeline, double target, long interval, long rampImages, double initialProbability)
    {
        _pipeline = pipeline;
        _target = target;
        _interval = interval;
        _rampImages = rampImages;
        _state = new AdaptiveState(initialProbability, 0, 0, 0);
    }

    /// <summary>The probability <c>p</c> with which each change hits each image now, 0 to 1.</summary>
    public double Probability => _state.Probability;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// <paramref name="images"/> is not [N, C, H, W] or not of a floating-point type.
    /// </exception>
    public Tensor Augment(Tensor images, AugmentationContext context)
    {
        ArgumentNullException.ThrowIfNull(images);
        return _pipeline.Apply(images, context.Random, Probability);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// NaN, which a discriminator gives that has diverged, is left out: it says nothing about overfitting.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="realSign"/> is outside -1 to 1, or <paramref name="batchSize"/> is below 1.
    /// </exception>
    public void Observe(double realSign, long batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (realSign is < -1 or > 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(realSign), realSign, $"'realSign' is {Text.Number(realSign)}; a mean sign is between -1 and 1.");
        }

        var seen = double.IsNaN(realSign) ? _state : _state.With(realSign, batchSize);
        _state = seen.Iterations + 1 < _interval
            ? seen with { Iterations = seen.Iterations + 1 }
            : seen.Adjusted(_target, _rampImages);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks(IReadOnlyList<long> sampleShape) => _pipeline.Remarks(sampleShape);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> GetState() => new Dictionary<string, Tensor>
    {
        [ProbabilityName] = Number(_state.Probability),
        [SignSumName] = Number(_state.SignSum),
        [ImagesName] = Number(_state.Images),
        [IterationsName] = Number(_state.Iterations),
    };

    /// <inheritdoc/>
    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        string[] names = [ProbabilityName, SignSumName, ImagesName, IterationsName];
        if (state.Count != names.Length || !names.All(state.ContainsKey) || !state.Values.All(IsNumber))
        {
            throw new ArgumentException(
                $"The state of an adaptive augmentation holds one Float64 number each under {string.Join(", ", names)}; "
                + $"given was {string.Join(", ", state.Select(s => $"{s.Key} ({s.Value.dtype} {Text.Shape(s.Value)})"))}. "
                + "Pass what 'GetState' returned.",
                nameof(state));
        }

        var loaded = new AdaptiveState(
            state[ProbabilityName].item<double>(),
            state[SignSumName].item<double>(),
            (long)state[ImagesName].item<double>(),
            (long)state[IterationsName].item<double>());
        _state = loaded.IsPossible
            ? loaded
            : throw new ArgumentException($"No adaptive augmentation has the state {loaded}: the probability is from 0 to 1, the sum no larger than the images.", nameof(state));
    }

    /// <summary>The changes, the present probability and the target.</summary>
    /// <returns>One line for logs.</returns>
    public override string ToString() => $"ADA({_pipeline}; p {Text.Number(Probability)}, {Course})";

    /// <summary>What it was made with, without where its strength stands.</summary>
    internal string Settings => $"ADA({_pipeline}; {Course})";

    private string Course => $"target {Text.Number(_target)}, every {_interval} iterations, 0 to 1 over {_rampImages} images";

    private static Tensor Number(double value) => tensor(value, ScalarType.Float64);

    private static bool IsNumber(Tensor value) => value.dtype == ScalarType.Float64 && value.dim() == 0;
}
