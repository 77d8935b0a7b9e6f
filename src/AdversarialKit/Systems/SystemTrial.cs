using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>
/// Tries every step on a few random samples before training starts, up to its gradient, so that what does not fit is told in words. Leaves
/// no trace: copies of the buffers, generators of randomness of its own, gradients and pieces put back.
/// </summary>
internal sealed class SystemTrial(SystemConfiguration configuration, IReadOnlyList<Network> networks, IReadOnlyList<CompiledStep> steps)
{
    /// <summary>Tries the steps in order; the first that cannot run is the last that is tried, since later ones may need what it shares.</summary>
    /// <param name="faults">Receives what was found to be wrong.</param>
    public void Run(List<string> faults)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(0);
        using var shared = new SharedTensors();
        var batch = TrialBatch(random);
        var pieces = configuration.Pieces.Select(piece => (piece.Piece, State: piece.Piece.GetState())).ToList();
        var torchRandom = RandomState.CaptureGlobal();
        try
        {
            foreach (var step in steps)
            {
                if (FaultOf(step, batch.Copy(), new StepRun(random, 0, shared)) is { } fault)
                {
                    faults.Add(fault);
                    return;
                }
            }
        }
        finally
        {
            RandomState.RestoreGlobal(torchRandom);
            pieces.ForEach(piece => piece.Piece.SetState(piece.State));
            SafetensorsReader.DisposeAll(pieces.SelectMany(piece => piece.State.Values));
        }
    }

    private string? FaultOf(CompiledStep step, NamedBatch batch, StepRun run)
    {
        var gradients = step.TrainableParameters.Select(parameter => (Parameter: parameter, Before: parameter.grad)).ToList();
        var buffers = networks.Select(network => (Network: network, Isolation: network.IsolateBuffers())).ToList();
        try
        {
            step.Try(batch, run);
            run.Shared.Commit();
            return UnreachedFault(step) ?? MovedFault(step, buffers);
        }
        catch (Exception error) when (error is ExternalException or ArgumentException or InvalidOperationException or NotSupportedException or IndexOutOfRangeException)
        {
            var tensors = string.Join(", ", configuration.Tensors.Select(tensor => tensor.ToString().Replace("[N", $"[{batch.Count}", StringComparison.Ordinal)));
            return $"The step '{step.Name}' cannot run on a trial batch of {tensors}: {Text.FirstLine(error)}";
        }
        finally
        {
            buffers.ForEach(buffer => buffer.Isolation.Dispose());
            gradients.ForEach(gradient => gradient.Parameter.grad = gradient.Before);
        }
    }

    private static string? UnreachedFault(CompiledStep step)
    {
        var unreached = step.Uses.Where(use => use.Role == NetworkRole.Trained && !Array.Exists(use.Network.Trainable, parameter => parameter.grad is not null)).ToList();
        return unreached.Count == 0
            ? null
            : $"The step '{step.Name}' trains {string.Join(" and ", unreached.Select(use => $"'{use.Network.Role}'"))}, but its objective does not depend on it. Run it through the " +
                "context's Forward on the way to a term, or leave it out of Trains.";
    }

    // A module that is called by itself moves its buffers, which no pass through the context of a seen network does.
    private static string? MovedFault(CompiledStep step, List<(Network Network, NetworkBuffers.Isolation Isolation)> buffers)
    {
        foreach (var (network, isolation) in buffers)
        {
            var use = step.Uses.FirstOrDefault(candidate => candidate.Network == network);
            if (use is null or { Role: NetworkRole.Seen } && isolation.FindMoved() is { } moved)
            {
                return $"The step '{step.Name}' moved the buffer '{moved}' of '{network.Role}', which it does not train: the module was called by itself. " +
                    "Call it through the context: context.Forward(module, input).";
            }
        }

        return null;
    }

    private NamedBatch TrialBatch(Generator random)
    {
        var batch = new NamedBatch(configuration.TrialSize);
        foreach (var tensor in configuration.Tensors)
        {
            var type = tensor.Type ?? networks[0].ElementType;
            long[] shape = [configuration.TrialSize, .. tensor.Shape];
            var isFloating = type is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16;
            batch.Set(tensor.Name, isFloating
                ? randn(shape, generator: random).to(type).to(networks[0].Device)
                : zeros(shape, dtype: type, device: networks[0].Device));
        }

        return batch;
    }
}
