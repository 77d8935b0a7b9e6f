using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdversarialKit;

/// <summary>Builds on every rank, or on none.</summary>
internal static class TeamAssembly
{
    /// <summary>Where messages go: rank 0 speaks for all.</summary>
    public static ILogger<T> Logger<T>(Team? team, ILoggerFactory factory) => team is { IsFirst: false } ? NullLogger<T>.Instance : factory.CreateLogger<T>();

    /// <summary>The one seed of all ranks, as given to each or as rank 0 drew it; null where a process alone was given none.</summary>
    /// <exception cref="CollectiveException">Two ranks were given different ones.</exception>
    public static long? Seed(Team? team, long? seed)
    {
        if (team is null)
        {
            return seed;
        }

        team.Compare(Told(seed), seeds => TeamDifferences.Between(seeds, "the seed", "Give WithSeed the same number on every rank: each draws from a sequence of its own that follows from it."));
        return long.Parse(team.Take(team.IsFirst ? Told(seed ?? Random.Shared.NextInt64()) : null), CultureInfo.InvariantCulture);

        static string Told(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "none";
    }

    /// <summary>The ranks' devices are of one kind; their numbers may differ, and do where a machine has several.</summary>
    /// <param name="team">The ranks; null in one process.</param>
    /// <param name="asked">The device that was asked for, in words; null where none was.</param>
    /// <param name="network">The network that stands where it is otherwise.</param>
    /// <exception cref="CollectiveException">They are not.</exception>
    public static void CompareDevices(Team? team, string? asked, nn.Module? network)
    {
        if (team is null)
        {
            return;
        }

        var device = asked ?? network?.parameters().FirstOrDefault()?.device.ToString() ?? "cpu";
        team.Compare(device.Split(':')[0], devices => TeamDifferences.Between(devices, "the device", "Give WithDevice the same kind of device on every rank."));
    }

    /// <typeparam name="T">A GAN or a system.</typeparam>
    /// <param name="team">The ranks; null in one process.</param>
    /// <param name="what">For the message.</param>
    /// <param name="assemble">Builds it here.</param>
    /// <param name="systemOf">Its system.</param>
    public static T Build<T>(Team? team, string what, Func<T> assemble, Func<T, AdversarialSystem> systemOf)
        where T : class, IDisposable
    {
        if (team is null)
        {
            return assemble();
        }

        var built = team.Together($"build the {what}", assemble);
        try
        {
            systemOf(built).JoinTeam();
            return built;
        }
        catch (Exception error)
        {
            team.AbortUnlessAgreed(error);
            built.Dispose();
            throw;
        }
    }
}
