namespace AdversarialKit;

/// <summary>Where in a network a module stands: <c>features.3</c>, as in a <c>state_dict</c>.</summary>
internal readonly record struct ModulePath(string Path, nn.Module Module)
{
    /// <summary>For messages.</summary>
    public string Subject => Path.Length == 0 ? "The module" : $"'{Path}'";

    public ModulePath To(nn.Module module)
    {
        if (ReferenceEquals(module, Module))
        {
            return this;
        }

        var name = Module.named_children().FirstOrDefault(child => ReferenceEquals(child.module, module)).name;
        // Not registered as a child: the type is all there is to name it by.
        return new ModulePath(Of(name ?? module.GetType().Name, '.'), module);
    }

    public string Of(string name, char separator) => Path.Length == 0 ? name : $"{Path}{separator}{name}";
}
