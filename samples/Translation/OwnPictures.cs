using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>Translates the user's own pictures.</summary>
internal static class OwnPictures
{
    private static readonly ImageFolderOptions _asTrained = new() { Width = Digits.Side, Height = Digits.Side, Channels = 1, Fit = ImageFit.Pad };

    public static int Translate(string path, string trained, string target)
    {
        NativeTorch.EnsureLoaded();
        var weights = Path.Combine(trained, Training.WeightsName);
        var name = Safetensors.ReadHeader(weights).Metadata["job"];
        using var network = Job.All.Single(job => job.Name == name).Network();
        Safetensors.LoadInto(weights, network);
        network.eval();
        Directory.CreateDirectory(target);
        var files = Directory.Exists(path) ? Directory.GetFiles(path).Order(StringComparer.Ordinal).ToArray() : [path];
        foreach (var file in files)
        {
            using var noGraph = no_grad();
            using var scope = NewDisposeScope();
            var made = Path.Combine(target, Path.GetFileNameWithoutExtension(file) + ".png");
            ImageSheet.Draw(network.call(ImageFile.Read(file, _asTrained)), new ImageSheetOptions { Padding = 0 }).Save(made);
            Console.WriteLine(made);
        }

        return 0;
    }
}
