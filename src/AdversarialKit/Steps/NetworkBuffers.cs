using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>
/// The buffers of a module: running statistics, spectral-norm vectors, whatever a layer carries along that no gradient
/// moves.
/// </summary>
/// <remarks>
/// Copying a buffer back after a forward pass would not do: the backward pass still needs the values that the forward
/// pass saw, and autograd rightly refuses a tensor that was written to meanwhile. So for the time of the forward the
/// module gets copies in the fields that hold its buffers, as PyTorch's functional_call does, and the originals are
/// never touched. A buffer that no field holds is saved and, if it moved, copied back.
/// </remarks>
internal sealed class NetworkBuffers
{
    private readonly List<BufferField> _fields = [];
    private readonly List<(string Name, nn.Module Owner, string Key)> _others = [];

    public NetworkBuffers(nn.Module root)
    {
        var named = root.named_modules().Prepend((name: "", module: root));
        foreach (var (path, module) in named.DistinctBy(m => m.module))
        {
            var prefix = path.Length == 0 ? "" : path + ".";
            var held = FieldsWithBuffers(module).Select(field => new BufferField(prefix, module, field)).ToList();
            _fields.AddRange(held);
            _others.AddRange(module.named_buffers(recurse: false)
                .Where(b => !held.Exists(field => ReferenceEquals(field.Value, b.buffer)))
                .Select(b => (prefix + b.name, module, b.name)));
        }
    }

    public IEnumerable<(string Name, Tensor Buffer)> Named() =>
        _fields.Where(f => f.Value is not null).Select(f => (f.Name, f.Value!))
            .Concat(_others.Select(o => (o.Name, o.Owner.get_buffer(o.Key)!)));

    public Isolation Isolate() => _fields.Count + _others.Count == 0 ? default : new Isolation(this);

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "AdversarialKit.targets keeps the fields of modules, and TrimmedModules tells where it could not.")]
    private static IEnumerable<FieldInfo> FieldsWithBuffers(nn.Module module)
    {
        const BindingFlags OwnInstanceFields =
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (var type = module.GetType(); type is not null && type != typeof(nn.Module); type = type.BaseType)
        {
            foreach (var field in type.GetFields(OwnInstanceFields))
            {
                if (field.FieldType == typeof(Tensor) && field.GetValue(module) is Tensor and not Parameter)
                {
                    yield return field;
                }
            }
        }
    }

    internal sealed class BufferField(string prefix, nn.Module owner, FieldInfo info)
    {
        public string Name { get; } = prefix + info.Name.TrimStart('_');

        public Tensor? Value
        {
            get => (Tensor?)info.GetValue(owner);
            set => info.SetValue(owner, value);
        }
    }

    internal readonly struct Isolation : IDisposable
    {
        private readonly List<(BufferField Field, Tensor Original, Tensor Copy)>? _swapped;
        private readonly List<(Tensor Original, Tensor Copy)>? _saved;

        public Isolation(NetworkBuffers buffers)
        {
            using var noGrad = no_grad();
            _swapped = new(buffers._fields.Count);
            _saved = new(buffers._others.Count);
            foreach (var field in buffers._fields)
            {
                if (field.Value is { IsInvalid: false } original)
                {
                    // A buffer that two fields hold stays one buffer.
                    var copy = CopyOf(original) ?? original.clone().DetachFromDisposeScope();
                    field.Value = copy;
                    _swapped.Add((field, original, copy));
                }
            }

            foreach (var (_, owner, key) in buffers._others)
            {
                var original = owner.get_buffer(key)!;
                _saved.Add((original, original.clone().DetachFromDisposeScope()));
            }
        }

        /// <summary>The name of a buffer that a forward pass has moved since; null where none was.</summary>
        public string? FindMoved()
        {
            using var noGrad = no_grad();
            foreach (var (field, original, copy) in _swapped ?? [])
            {
                if (!original.Equals(copy))
                {
                    return field.Name;
                }
            }

            return null;
        }

        private Tensor? CopyOf(Tensor original)
        {
            foreach (var (_, other, copy) in _swapped!)
            {
                if (ReferenceEquals(other, original))
                {
                    return copy;
                }
            }

            return null;
        }

        public void Dispose()
        {
            foreach (var (field, original, copy) in _swapped ?? [])
            {
                field.Value = original;
                copy.Dispose();
            }

            using var noGrad = no_grad();
            foreach (var (original, copy) in _saved ?? [])
            {
                // Untouched buffers stay untouched: even an equal copy_ would invalidate a recorded graph.
                if (!original.Equals(copy))
                {
                    original.copy_(copy);
                }

                copy.Dispose();
            }
        }
    }
}
