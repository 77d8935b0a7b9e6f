using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class RandomStateTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(623)]
    [InlineData(624)]
    [InlineData(625)]
    [InlineData(5000)]
    public void Restore_CapturedState_GoesOnWithTheSameNumbers(int drawn)
    {
        using var generator = new Generator(42);
        using var other = new Generator(7);
        _ = rand(drawn, generator: generator);
        // An odd number of normals: one is kept for the next call, and belongs to the state.
        _ = randn(3, generator: generator);

        RandomState.Restore(other, RandomState.Capture(generator));

        RandomState.FaultOf(RandomState.Capture(generator)).Should().BeNull();
        randn(2001, generator: other).bytes.ToArray().Should().Equal(randn(2001, generator: generator).bytes.ToArray());
        randint(100, 50, generator: other).bytes.ToArray().Should().Equal(randint(100, 50, generator: generator).bytes.ToArray());
    }

    [Fact]
    public void FaultOf_StatesAfterEveryNumberOfDraws_IsNone()
    {
        using var generator = new Generator(3);
        for (var draw = 0; draw < 1300; draw++)
        {
            using var state = RandomState.Capture(generator);
            RandomState.FaultOf(state).Should().BeNull("after {0} draws", draw);
            using var number = draw % 7 == 0 ? randn(1, ScalarType.Float64, generator: generator) : rand(1, generator: generator);
        }
    }

    [Fact]
    public void RestoreGlobal_CapturedState_GoesOnWithTheSameDropout()
    {
        var state = RandomState.CaptureGlobal();
        var first = nn.functional.dropout(ones(1000)).bytes.ToArray();
        var second = nn.functional.dropout(ones(1000)).bytes.ToArray();

        RandomState.RestoreGlobal(state);

        nn.functional.dropout(ones(1000)).bytes.ToArray().Should().Equal(first).And.NotEqual(second);
    }

    [Fact]
    public void Restore_WrongSizeOrType_IsRefused()
    {
        using var generator = new Generator(1);
        var state = RandomState.Capture(generator);
        foreach (var (wrong, described) in new[]
        {
            (state[TensorIndex.Slice(0, 5048)], "U8 [5048]"),
            (state.to(ScalarType.Int8), "I8 [5056]"),
            (state.reshape(1, -1), "U8 [1, 5056]"),
            (zeros(0, ScalarType.Byte), "U8 [0]"),
        })
        {
            var restore = () => RandomState.Restore(generator, wrong);
            restore.Should().Throw<ArgumentException>().WithMessage($"A state of a random generator is U8 [5056] on the CPU, but this is {described} on cpu. (Parameter 'state')");
        }
    }

    [Theory]
    [InlineData(8, 0)] // left: none
    [InlineData(9, 3)] // left: more than the table holds
    [InlineData(16, 200)] // next: torch would accept this and read behind the table
    [InlineData(20, 1)] // next: cut to 32 bits by torch
    [InlineData(12, 0)] // never seeded
    [InlineData(28, 1)] // a word of more than 32 bits
    [InlineData(5040, 2)] // a flag that is neither 0 nor 1
    [InlineData(5052, 2)]
    [InlineData(5051, 120)] // a normal number of 1e34
    public void Restore_DamagedField_IsRefusedAndChangesNothing(int at, byte value)
    {
        using var generator = new Generator(1);
        _ = rand(10, generator: generator);
        var state = RandomState.Capture(generator);
        var damaged = state.clone();
        damaged.bytes[at] = value;

        var restore = () => RandomState.Restore(generator, damaged);

        restore.Should().Throw<ArgumentException>().WithMessage("The state of a random generator is damaged: *");
        RandomState.Capture(generator).bytes.ToArray().Should().Equal(state.bytes.ToArray());
    }

    [Fact]
    public void Restore_TableOfZeros_IsRefused()
    {
        using var generator = new Generator(1);
        var state = RandomState.Capture(generator);
        state.bytes.Slice(24, 624 * 8).Clear();

        RandomState.FaultOf(state).Should().Be("The state of a random generator is damaged: its table holds numbers that cannot be there.");
    }

    [Fact]
    public void Restore_ThousandMutations_AreRefusedOrDrawWithoutHarm()
    {
        using var generator = new Generator(1);
        _ = randn(11, generator: generator);
        var valid = RandomState.Capture(generator).bytes.ToArray();
        var restored = 0;
        for (var seed = 0; seed < 1000; seed++)
        {
            using var scope = NewDisposeScope();
            var random = new Random(seed);
            var bytes = valid.ToArray();
            for (var flip = random.Next(1, 4); flip > 0; flip--)
            {
                // Mostly in the few bytes that are no table.
                var at = random.Next(3) switch { 0 => random.Next(24), 1 => 5016 + random.Next(40), _ => random.Next(bytes.Length) };
                bytes[at] ^= (byte)(1 << random.Next(8));
            }

            var state = tensor(bytes);
            if (RandomState.FaultOf(state) is null)
            {
                RandomState.Restore(generator, state);
                rand(1500, generator: generator).lt(1).all().item<bool>().Should().BeTrue();
                randn(15, generator: generator).isfinite().all().item<bool>().Should().BeTrue();
                restored++;
            }
        }

        restored.Should().BeInRange(50, 800);
    }
}
