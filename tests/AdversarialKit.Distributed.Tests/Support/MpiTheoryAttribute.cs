namespace AdversarialKit.Tests.Distributed;

/// <summary>A test under real launchers, which says so where they are not installed: <c>.ci/run</c> installs them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MpiTheoryAttribute : TheoryAttribute
{
    public MpiTheoryAttribute() => Skip = Launcher.Find(Launcher.OpenMpi) is null || Launcher.Find(Launcher.Mpich) is null
        ? "Open MPI and MPICH are needed (Debian: apt-get install openmpi-bin libopenmpi-dev mpich libmpich-dev)."
        : null;
}
