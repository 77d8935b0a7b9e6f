using System.Text;

namespace AdversarialKit.Tests.Reporting;

public sealed class WholeRecordsTests : IDisposable
{
    private readonly ReportFolder _folder = new();
    private readonly TightFile _file;
    private readonly WholeRecords _records;

    public WholeRecordsTests()
    {
        _file = new TightFile(_folder.File("records"));
        _records = new WholeRecords(_file);
    }

    public void Dispose()
    {
        _records.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Append_DiskFullAfterSoManyBytes_LeavesTheRecordsBeforeWhole(long room)
    {
        Append("first\n");
        _file.Room = room;

        this.Invoking(_ => Append("second\n")).Should().Throw<IOException>().WithMessage("No space left on device");
        Content().Should().Be("first\n");

        _file.Room = 100;
        Append("third\n");
        Content().Should().Be("first\nthird\n");
    }

    [Fact]
    public void Append_WhereNotEvenCuttingWorks_CutsBeforeTheNextRecord()
    {
        Append("first\n");
        (_file.Room, _file.IsStuck) = (3, true);
        this.Invoking(_ => Append("second\n")).Should().Throw<IOException>().WithMessage("No space left on device");
        Content().Should().Be("first\nsec");

        (_file.Room, _file.IsStuck) = (100, false);
        Append("third\n");

        Content().Should().Be("first\nthird\n");
    }

    [Fact]
    public void Append_FileThatSomebodyEmptied_GoesOnAtItsBeginning()
    {
        Append("first\n");
        _file.SetLength(0);

        Append("second\n");

        Content().Should().Be("second\n");
    }

    private void Append(string text) => _records.Append(Encoding.UTF8.GetBytes(text));

    private string Content()
    {
        using var stream = new FileStream(_file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
