namespace AdversarialKit;

/// <summary>Samples through a caller's conversion, whatever it gives back: something new, its input, a view of it, or a tensor it keeps.</summary>
internal static class TransformedSamples
{
    /// <summary>Samples that are the iteration's own: nobody else disposes them or writes to them while it lasts.</summary>
    /// <param name="transform">The conversion; null for none.</param>
    /// <param name="input">What it is given; remains whose it is.</param>
    /// <param name="option">What the conversion is called where it is set.</param>
    /// <returns>Samples that the surrounding dispose scope frees.</returns>
    /// <exception cref="InvalidOperationException">The conversion gave back null, or a tensor that is disposed.</exception>
    public static Tensor Of(Func<Tensor, Tensor>? transform, Tensor input, string option)
    {
        if (transform is null)
        {
            return input.alias();
        }

        using var scope = NewDisposeScope();
        var output = transform(input) ?? throw new InvalidOperationException($"{option} gave back null. It must return the samples.");
        if (output.IsInvalid)
        {
            throw new InvalidOperationException($"{option} gave back a tensor that is disposed. Return one that lives: without `using`, out of its dispose scope by MoveToOuterDisposeScope.");
        }

        // A tensor that was there before may be written to by the next call, whose samples the same iteration may need.
        return ReferenceEquals(output, input) || scope.Contains(output)
            ? output.alias().MoveToOuterDisposeScope()
            : output.clone().MoveToOuterDisposeScope();
    }
}
