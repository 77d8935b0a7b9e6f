using System.Security.Cryptography;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Support;

/// <summary>Every byte of a module that a step could move: parameters, gradients, buffers; and its flags and modes.</summary>
internal sealed record Snapshot(string Parameters, string Gradients, string Buffers, string Flags, string Modes)
{
    public static Snapshot Of(nn.Module module) => new(
        Digest(module.named_parameters().Select(p => (p.name, (Tensor?)p.parameter))),
        Digest(module.named_parameters().Select(p => (p.name, p.parameter.grad))),
        Digest(module.named_buffers().Select(b => (b.name, (Tensor?)b.buffer))),
        string.Join(",", module.parameters().Select(p => p.requires_grad)),
        string.Join(",", module.modules().Prepend(module).Select(m => m.training)));

    public static string Digest(IEnumerable<(string Name, Tensor? Tensor)> tensors) =>
        string.Join("\n", tensors.Select(t => $"{t.Name} {Bytes(t.Tensor)}"));

    private static string Bytes(Tensor? tensor) => tensor is null
        ? "null"
        : $"[{string.Join(",", tensor.shape)}] {tensor.dtype} " +
            Convert.ToHexString(SHA256.HashData(tensor.detach().cpu().contiguous().bytes.ToArray()));
}
