using ModelProto = global::Onnx.ModelProto;

namespace AdversarialKit.Tests.Onnx;

/// <summary>A folder of a test's own for ONNX files, which goes with it.</summary>
internal sealed class OnnxFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("adversarialkit-onnx-");

    public string Path => _folder.FullName;

    public string File => this["model.onnx"];

    public IEnumerable<string> Names => _folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal);

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public static ModelProto Read(string path) => ModelProto.Parser.ParseFrom(System.IO.File.ReadAllBytes(path));

    public void Dispose() => _folder.Delete(recursive: true);
}
