using System.Globalization;

namespace AdversarialKit.Tests.Support;

/// <summary>The thread's culture, and the one that new threads get, for as long as it lives.</summary>
internal sealed class Culture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;
    private readonly CultureInfo? _defaultBefore = CultureInfo.DefaultThreadCurrentCulture;

    public Culture(string name)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture;
    }

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _before;
        CultureInfo.DefaultThreadCurrentCulture = _defaultBefore;
    }
}
