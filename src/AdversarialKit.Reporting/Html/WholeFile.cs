using System.Text;

namespace AdversarialKit;

/// <summary>A file that is written beside its place and renamed: a reader meets the old one or the new one, whole.</summary>
internal static class WholeFile
{
    /// <summary>Writes the file, and sweeps what killed runs left of such files beside it.</summary>
    public static void Write(string path, string content)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(folder, TemporaryFile.NewName());
        try
        {
            using var stream = TemporaryFile.Create(temporary);
            stream.Write(Encoding.UTF8.GetBytes(content));
            stream.Flush();
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        TemporaryFile.SweepDead(folder);
    }
}
