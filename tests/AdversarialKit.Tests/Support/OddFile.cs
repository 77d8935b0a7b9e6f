using System.Diagnostics;

namespace AdversarialKit.Tests;

/// <summary>What stands where a regular file should be. Reading each of them as a file waits for ever.</summary>
internal static class OddFile
{
    public static IReadOnlyList<string> Names { get; } = ["pipe", "link to a pipe", "link to a link to /dev/zero", "link to /dev/zero", "link to /dev/tty"];

    public static TheoryData<string> Kinds => [.. Names];

    /// <summary>Puts it in the place of what is there. A link's text is as long as the file was, which some take for its length.</summary>
    public static void Put(string kind, string path)
    {
        var length = File.Exists(path) ? (int)new FileInfo(path).Length : 0;
        File.Delete(path);
        switch (kind)
        {
            case "pipe":
                MakePipe(path);
                break;
            case "link to a pipe":
                MakePipe(path + ".pipe");
                File.CreateSymbolicLink(path, path + ".pipe");
                break;
            case "link to a link to /dev/zero":
                File.CreateSymbolicLink(path + ".link", "/dev/zero");
                File.CreateSymbolicLink(path, path + ".link");
                break;
            default:
                var device = kind["link to ".Length..];
                File.CreateSymbolicLink(path, length is > 9 and < 4000 ? device.PadLeft(length, '/') : device);
                break;
        }
    }

    /// <summary>Does what must not wait.</summary>
    public static void InTime(Action work)
    {
        var done = Task.Run(work);
        Task.WhenAny(done, Task.Delay(TimeSpan.FromSeconds(20))).GetAwaiter().GetResult().Should().BeSameAs(done, "it must not wait");
        done.GetAwaiter().GetResult();
    }

    private static void MakePipe(string path)
    {
        using var make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        make.ExitCode.Should().Be(0);
    }
}
