using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp.Modules;

namespace AdversarialKit;

/// <content>Batch normalization over the ranks of a collective.</content>
public static partial class GanLayer
{
    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Puts in the place of every batch normalization in a network one that takes its statistics over the ranks of
    /// <see cref="GanBuilder.WithCollective"/>, as one process with the whole batch would (Ioffe and Szegedy 2015, algorithm 1,
    /// https://arxiv.org/abs/1502.03167). Gradients flow through these statistics, twice where a penalty asks for it.
    /// </summary>
    /// <param name="network">
    /// Its <c>Sequential</c>s, and fields of type <c>Module&lt;Tensor, Tensor&gt;</c>, are searched. Weights, statistics and names in
    /// <c>state_dict</c> stay; the layers that are replaced are disposed. Call it before <c>Build()</c>, and before optimizers are made.
    /// </param>
    /// <returns>How many were replaced.</returns>
    /// <exception cref="ArgumentException">A layer is held by a field of its own type, or is the network itself: what is to replace it does not fit there.</exception>
    /// <remarks>
    /// In one process the layer computes what the replaced one did, to the bit. One without running statistics
    /// (<c>track_running_stats: false</c>) takes those of all ranks within a step, and where samples are made to look at them, by
    /// <see cref="Gan.Sample(long, Tensor?, int)"/>, reports or evaluations, those of the samples that go through it together on their rank.
    /// </remarks>
    public static int SynchronizeBatchNorm(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var replaced = 0;
        foreach (var owner in network.modules().Prepend(network).Distinct().ToList())
        {
            if (owner is BatchNorm)
            {
                continue;
            }

            replaced += owner is Sequential sequence ? SynchronizeItems(sequence) : SynchronizeFields(owner);
        }

        return network.modules().Prepend(network).OfType<BatchNorm>().FirstOrDefault() is not { } left
            ? replaced
            : throw new ArgumentException(
                $"A {left.GetType().Name} of the {network.GetType().Name} cannot be replaced: it is in no Sequential and in no field of type nn.Module<Tensor, Tensor>. Give its field that type.",
                nameof(network));
    }

    private static int SynchronizeItems(Sequential sequence)
    {
        var items = (System.Collections.IList)typeof(Sequential).GetField("_modules", OwnFields)!.GetValue(sequence)!;
        var replaced = 0;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is BatchNorm layer)
            {
                items[i] = new SynchronizedBatchNorm(layer);
                replaced++;
            }
        }

        return replaced;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "AdversarialKit.targets keeps the fields of modules, and TrimmedModules tells where it could not.")]
    private static int SynchronizeFields(nn.Module owner)
    {
        var replaced = 0;
        for (var type = owner.GetType(); type is not null && type != typeof(nn.Module); type = type.BaseType)
        {
            foreach (var field in type.GetFields(OwnFields).Where(field => field.FieldType.IsAssignableFrom(typeof(SynchronizedBatchNorm))))
            {
                if (field.GetValue(owner) is BatchNorm layer)
                {
                    var name = owner.named_children().First(child => ReferenceEquals(child.module, layer)).name;
                    var synchronized = new SynchronizedBatchNorm(layer);
                    field.SetValue(owner, synchronized);
                    Register(owner, name, synchronized);
                    replaced++;
                }
            }
        }

        return replaced;
    }

    // register_module refuses a name that stands already.
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "An indexer of TorchSharp's list of modules, which it uses itself.")]
    private static void Register(nn.Module owner, string name, nn.Module module)
    {
        var children = typeof(nn.Module).GetField("_internal_submodules", OwnFields)!.GetValue(owner)!;
        children.GetType().GetProperty("Item", [typeof(string)])!.SetValue(children, module, [name]);
    }
}
