using MnistGan;

namespace AdversarialKit.Tests;

/// <summary>A folder of its own and surroundings without a network, for one test of the sample.</summary>
internal sealed class SampleWorld : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public SampleWorld()
    {
        Directory.CreateDirectory(Folder);
        Around = new Surroundings
        {
            Output = _output,
            Error = _error,
            Variable = _ => null,
            CacheFolder = InFolder("cache"),
            Download = new MnistDownloadOptions { Network = Network },
        };
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "adversarialkit-" + Guid.NewGuid().ToString("N"));

    public FakeNetwork Network { get; } = new();

    public Surroundings Around { get; set; }

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public string InFolder(string name) => Path.Combine(Folder, name);

    public void Dispose()
    {
        Network.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
