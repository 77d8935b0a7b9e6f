namespace AdversarialKit;

/// <summary>Writes modules as ONNX files, for programs without TorchSharp: ONNX Runtime, browsers, phones.</summary>
/// <remarks>
/// <para>
/// A file holds what the module does in inference mode: normalizations use their running statistics, spectral normalization is folded into
/// the weights, dropout is gone. It works for any number of samples, whatever number the examples had.
/// </para>
/// <para>
/// Before a file is written, libtorch and ONNX Runtime are given the same examples, as one batch and as a batch of another size. Results that are
/// further apart than <see cref="Tolerance"/> are refused. The file appears whole or not at all. Nothing of the module changes: weights, buffers, flags
/// and modes are as they were, and so is the generator of randomness that torch shares.
/// </para>
/// </remarks>
public static class OnnxExport
{
    /// <summary>The largest deviation that is accepted: 1e-4. See <see cref="OnnxExportResult.LargestDeviation"/>.</summary>
    public const double Tolerance = 1e-4;

    // Enough for every class of most data sets, and for the numbers to be found out.
    private const long GanExamples = 64;

    /// <summary>Writes a module with one input.</summary>
    /// <param name="path">The file; one that exists is replaced. Its directory must exist.</param>
    /// <param name="module">A layer or a network of layers that the export knows, or that are <see cref="IOnnxModule"/>s. Remains the caller's.</param>
    /// <param name="example">An input to try it on, [N, ...] of type Float32, or Int64 for labels; all sizes but N become fixed. Remains the caller's.</param>
    /// <param name="options">Names and notes.</param>
    /// <returns>How closely the file was held against the module.</returns>
    /// <exception cref="ArgumentException">The example, a name or the path cannot be used, or the module does not take the example.</exception>
    /// <exception cref="OnnxExportException">
    /// A module is unknown or has a setting that cannot be written, the results are too far apart, or the file could not be written. There is no
    /// new file then, and an old one stays.
    /// </exception>
    public static OnnxExportResult Save(string path, nn.Module<Tensor, Tensor> module, Tensor example, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(example);
        return ExportRun.Of(path, Subject.Of(module, example), Defaults.Complete(options, module, ["input"], "output"));
    }

    /// <summary>Writes a module with two inputs, such as a conditional generator.</summary>
    /// <param name="path">The file; one that exists is replaced. Its directory must exist.</param>
    /// <param name="module">A layer or a network of layers that the export knows, or that are <see cref="IOnnxModule"/>s. Remains the caller's.</param>
    /// <param name="example">A first input to try it on, [N, ...]; all sizes but N become fixed. Remains the caller's.</param>
    /// <param name="condition">A second input for as many samples, such as labels, Int64 [N]. Remains the caller's.</param>
    /// <param name="options">Names and notes.</param>
    /// <inheritdoc cref="Save(string, nn.Module{Tensor, Tensor}, Tensor, OnnxExportOptions?)"/>
    public static OnnxExportResult Save(
        string path, nn.Module<Tensor, Tensor, Tensor> module, Tensor example, Tensor condition, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(condition);
        return ExportRun.Of(path, Subject.Of(module, example, condition), Defaults.Complete(options, module, ["input", "condition"], "output"));
    }

    /// <summary>Writes a GAN's generator, with the averaged weights where there are any, as <c>Gan.Sample</c> uses it.</summary>
    /// <param name="gan">The GAN. Its streams of randomness do not move: training and sampling go on as if nothing had been.</param>
    /// <param name="path">The file; one that exists is replaced. Its directory must exist.</param>
    /// <param name="options">Names and notes.</param>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    /// <inheritdoc cref="Save(string, nn.Module{Tensor, Tensor}, Tensor, OnnxExportOptions?)"/>
    public static OnnxExportResult SaveOnnx(this Gan gan, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gan);
        return gan.LendGenerator(GanExamples, lent =>
        {
            var subject = lent switch
            {
                { Module: nn.Module<Tensor, Tensor> module } => Subject.Of(module, lent.Latents),
                { Module: nn.Module<Tensor, Tensor, Tensor> module, Labels: { } labels } => Subject.Of(module, lent.Latents, labels),
                _ => throw new InvalidOperationException($"A generator is a Module<Tensor, Tensor> or, with labels, a Module<Tensor, Tensor, Tensor>, but this is a {lent.Module.GetType()}."),
            };
            string[] names = lent.Labels is null ? ["latents"] : ["latents", "labels"];
            return ExportRun.Of(path, subject, Defaults.Of(gan, lent.Averaged, Defaults.Complete(options, lent.Module, names, "samples")));
        });
    }

    /// <summary>Holds a file against a module: is it still the one that was written of these weights?</summary>
    /// <param name="path">An ONNX file that takes one input.</param>
    /// <param name="module">The module. Remains the caller's, and nothing of it changes.</param>
    /// <param name="example">An input for both, [N, ...]. Remains the caller's.</param>
    /// <returns>How far apart they are, at most <see cref="Tolerance"/>.</returns>
    /// <exception cref="ArgumentException">The example or the path cannot be used, or the module does not take the example.</exception>
    /// <exception cref="OnnxExportException">The file cannot be read, is no ONNX file, takes other inputs, or its results are too far from the module's.</exception>
    public static OnnxExportResult Verify(string path, nn.Module<Tensor, Tensor> module, Tensor example)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(example);
        return Verification.Run(path, Subject.Of(module, example));
    }

    /// <param name="path">An ONNX file that takes two inputs.</param>
    /// <param name="module">The module. Remains the caller's, and nothing of it changes.</param>
    /// <param name="example">A first input for both, [N, ...]. Remains the caller's.</param>
    /// <param name="condition">A second input for as many samples. Remains the caller's.</param>
    /// <inheritdoc cref="Verify(string, nn.Module{Tensor, Tensor}, Tensor)"/>
    public static OnnxExportResult Verify(string path, nn.Module<Tensor, Tensor, Tensor> module, Tensor example, Tensor condition)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(condition);
        return Verification.Run(path, Subject.Of(module, example, condition));
    }
}
