using AdversarialKit;

namespace Tables;

/// <summary>A table whose law is written down: any number of rows, and what a model of it is to foretell.</summary>
internal sealed record Law(string Name, string Target, Func<int, int, Table> Draw);
