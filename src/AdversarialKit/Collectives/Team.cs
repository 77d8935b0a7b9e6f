using System.Text;

namespace AdversarialKit;

/// <summary>The ranks of a collective of more than one, and what this library says among them.</summary>
internal sealed class Team
{
    private readonly ICollective _collective;

    private Team(ICollective collective) => _collective = collective;

    public int Rank => _collective.Rank;

    public int Size => _collective.Size;

    /// <summary>Whether this is rank 0, which writes and speaks for all.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>The last exception that all ranks know of: it ends the work on each of them, and none waits for another.</summary>
    public Exception? Agreed { get; private set; }

    /// <summary>Whether a step is under way, which every rank makes. Outside of one a rank may look at its networks alone, and nobody would answer.</summary>
    public bool IsInStep { get; set; }

    /// <summary>Null where there is nobody to talk to: one process costs nothing.</summary>
    public static Team? Of(ICollective? collective) => collective is { Size: > 1 } ? new Team(collective) : null;

    /// <summary>Puts the sum over all ranks into the tensor.</summary>
    public void Sum(Tensor tensor) => _collective.AllReduce(tensor);

    /// <summary>The sums over all ranks.</summary>
    public double[] Sum(double[] numbers)
    {
        using var scope = NewDisposeScope();
        var all = tensor(numbers);
        _collective.AllReduce(all);
        return all.data<double>().ToArray();
    }

    /// <summary>Whether a thing is so on any rank.</summary>
    public bool Any(bool here) => Sum([here ? 1.0 : 0.0])[0] > 0;

    /// <summary>One reason for all: of different ones the most telling.</summary>
    public StopReason? Agree(StopReason? reason)
    {
        var votes = new double[Enum.GetValues<StopReason>().Length];
        if (reason is { } own)
        {
            votes[(int)own] = 1;
        }

        var found = Array.FindLastIndex(Sum(votes), count => count > 0);
        return found < 0 ? null : (StopReason)found;
    }

    /// <summary>Puts rank 0's values into the tensor.</summary>
    public void Take(Tensor tensor) => _collective.Broadcast(tensor);

    /// <summary>Rank 0's bytes, on every rank.</summary>
    public byte[] Take(byte[]? bytes)
    {
        using var scope = NewDisposeScope();
        var length = tensor((long)(bytes?.Length ?? 0));
        _collective.Broadcast(length);
        var content = empty(length.item<long>(), dtype: ScalarType.Byte);
        if (IsFirst)
        {
            bytes!.CopyTo(content.bytes);
        }

        _collective.Broadcast(content);
        return content.bytes.ToArray();
    }

    /// <summary>Rank 0's text, on every rank.</summary>
    public string Take(string? text) => Encoding.UTF8.GetString(Take(text is null ? null : Encoding.UTF8.GetBytes(text)));

    /// <summary>The bytes of all ranks, on rank 0; elsewhere none.</summary>
    public IReadOnlyList<byte[]> Gather(byte[] bytes) => _collective.Gather(bytes);

    /// <summary>The texts of all ranks, on rank 0; elsewhere none.</summary>
    public IReadOnlyList<string> Gather(string text) => [.. _collective.Gather(Encoding.UTF8.GetBytes(text)).Select(bytes => Encoding.UTF8.GetString(bytes))];

    /// <summary>Lets rank 0 look at the texts of all, and tells all what it found wrong.</summary>
    /// <param name="text">This rank's.</param>
    /// <param name="fault">Says in a sentence what is wrong with them; empty where nothing is.</param>
    /// <exception cref="CollectiveException">Something is, on every rank.</exception>
    public void Compare(string text, Func<IReadOnlyList<string>, string> fault)
    {
        var texts = Gather(text);
        if (Take(IsFirst ? fault(texts) : null) is { Length: > 0 } message)
        {
            throw Agree(new CollectiveException(message));
        }
    }

    /// <summary>Does what may fail on one rank alone: then it fails on all.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="what">What is done, for the message: <c>build the GAN</c>.</param>
    /// <param name="work">Talks to no other rank.</param>
    /// <exception cref="CollectiveException">It failed on another rank alone. Where it failed on this one its own exception comes out.</exception>
    public T Together<T>(string what, Func<T> work)
    {
        Exception? failure = null;
        var result = default(T);
        try
        {
            result = work();
        }
#pragma warning disable CA1031 // It is thrown again as soon as the others know of it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure = error;
        }

        try
        {
            Compare(failure is null ? "" : $"{failure.GetType().Name}: {failure.Message}", texts => Failed(what, texts));
        }
        catch (CollectiveException) when (failure is not null)
        {
            throw Agree(failure);
        }
        catch (CollectiveException)
        {
            (result as IDisposable)?.Dispose();
            throw;
        }

        return result!;
    }

    /// <summary>Notes that all ranks know of an exception.</summary>
    public T Agree<T>(T error)
        where T : Exception
    {
        Agreed = error;
        return error;
    }

    /// <summary>Ends all ranks where the others cannot know of this one's exception.</summary>
    public void AbortUnlessAgreed(Exception error)
    {
        if (!ReferenceEquals(Agreed, error))
        {
            _collective.Abort($"{error.GetType().Name}: {error.Message}");
        }
    }

    private static string Failed(string what, IReadOnlyList<string> texts)
    {
        var failed = Enumerable.Range(0, texts.Count).Where(rank => texts[rank].Length > 0).ToList();
        return failed.Count == 0 ? "" : $"Rank {failed[0]} could not {what}, and so no rank goes on. There: {texts[failed[0]]}";
    }
}
