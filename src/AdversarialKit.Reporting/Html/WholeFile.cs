namespace AdversarialKit;

/// <summary>A file that is written beside its place and renamed: a reader meets the old one or the new one, whole.</summary>
internal static class WholeFile
{
    public static void Write(string path, string content)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
