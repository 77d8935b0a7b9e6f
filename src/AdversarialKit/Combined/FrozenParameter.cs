namespace AdversarialKit;

/// <summary>What a <see cref="FrozenParameterView"/> tells of one parameter or buffer.</summary>
/// <param name="Name">Its name in the discriminator's <c>state_dict</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="ElementType">Its element type.</param>
public sealed record FrozenParameter(string Name, IReadOnlyList<long> Shape, ScalarType ElementType);
