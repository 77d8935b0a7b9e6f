namespace AdversarialKit;

/// <summary>A tensor of every batch.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; null for the networks' own.</param>
/// <param name="Shape">The shape of one sample.</param>
internal sealed record TensorDeclaration(string Name, ScalarType? Type, long[] Shape)
{
    public override string ToString() => Shape.Length == 0 ? $"'{Name}' [N]" : $"'{Name}' [N, {string.Join(", ", Shape)}]";
}
