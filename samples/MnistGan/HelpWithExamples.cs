using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MnistGan;

/// <summary>The usual help, then what a newcomer wants to type.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Examples = """
        Examples:
          MnistGan                                        30,000 iterations on MNIST; watch runs/mnist-gan/images
          MnistGan --dataset digits --iterations 2000     a first look in a minute or two, without any file
          MnistGan --data ~/mnist --preset modern         train the better GAN on your copy of MNIST
          MnistGan evaluate --run runs/mnist-gan          say how good the digits are that a run made

        Run from the repository with: dotnet run -c Release --project samples/MnistGan -- OPTIONS
        Exit codes: 0 done, 2 something that you can mend, 130 stopped by Ctrl-C (what there is has been written).
        """;

    public override bool ClearsParseErrors => true;
    public override int Invoke(ParseResult parseResult)
    {
        usual.MaxWidth = 110;
        var exitCode = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(Examples);
        return exitCode;
    }
}
