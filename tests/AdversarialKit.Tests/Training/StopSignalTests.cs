using System.Runtime.InteropServices;

namespace AdversarialKit.Tests;

public sealed class StopSignalTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(PosixSignal.SIGHUP, 129)]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public void Take_First_CancelsAndIsTheExitCode(PosixSignal signal, int exitCode)
    {
        using var stop = new StopSignal();

        stop.Token.IsCancellationRequested.Should().BeFalse();
        stop.Take(signal).Should().BeTrue();

        stop.Token.IsCancellationRequested.Should().BeTrue();
        stop.ExitCode.Should().Be(exitCode);
    }

    [Theory]
    [InlineData(PosixSignal.SIGHUP, true)]
    [InlineData(PosixSignal.SIGINT, false)]
    [InlineData(PosixSignal.SIGTERM, false)]
    public void Take_TheSameAgain_EndsTheProcessUnlessItIsAHangup(PosixSignal signal, bool isTaken)
    {
        using var stop = new StopSignal();
        stop.Take(signal);

        stop.Take(signal).Should().Be(isTaken);
    }

    [Fact]
    public void Take_AnotherAfterTheFirst_IsTakenAndTheExitCodeStays()
    {
        using var stop = new StopSignal();

        stop.Take(PosixSignal.SIGHUP).Should().BeTrue();
        stop.Take(PosixSignal.SIGTERM).Should().BeTrue();

        stop.ExitCode.Should().Be(129);
    }

    [Fact]
    public void Heed_WorkThatASignalEnds_SaysSoAndGivesItsExitCode()
    {
        StopSignal.Heed(_world.Around.Error, stop =>
        {
            stop.Take(PosixSignal.SIGTERM);
            stop.Token.ThrowIfCancellationRequested();
            return 0;
        }).Should().Be(143);

        _world.Error.Should().Be($"Stopped.{Environment.NewLine}");
    }

    [Fact]
    public void Heed_WorkThatGivesUpByItself_Throws()
    {
        var heed = () => StopSignal.Heed(_world.Around.Error, _ => throw new OperationCanceledException("its own"));

        heed.Should().Throw<OperationCanceledException>().WithMessage("its own");
    }

    [Fact]
    public void Write_TerminalThatIsGone_IsDropped()
    {
        using var gone = new GoneTerminal();
        using var output = new LastingOutput(gone);

        output.WriteLine("a line");
        output.Write('c');
        output.Write("ab".ToCharArray());
        output.Flush();

        gone.Tried.Should().BeGreaterThan(3);
    }

    [Fact]
    public void Write_TerminalThatIsThere_Arrives()
    {
        using var terminal = new StringWriter();
        using var output = new LastingOutput(terminal);

        output.WriteLine("a line");
        output.Write('c');
        output.Write("{0} and {1}", 1, 2);

        terminal.ToString().Should().Be($"a line{Environment.NewLine}c1 and 2");
    }

    private sealed class GoneTerminal : TextWriter
    {
        public int Tried { get; private set; }

        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value)
        {
            Tried++;
            throw new IOException("Input/output error");
        }

        public override void Flush() => throw new IOException("Input/output error");
    }
}
