namespace AdversarialKit.HoldOwners;

/// <summary>What a type in a signature is to us.</summary>
internal enum TypeKind
{
    /// <summary>A number, a structure, a pointer, a reference to a variable, a type parameter.</summary>
    Other,

    /// <summary>An object, which can own a handle.</summary>
    Object,

    /// <summary>An object that cannot: text, or an array of numbers.</summary>
    Plain,

    /// <summary>A handle, or something made of handles.</summary>
    Handle,

    /// <summary>A span of objects: it holds the array that they stand in.</summary>
    Span,

    /// <summary>The span's own type, before it is said of what.</summary>
    OpenSpan,
}
