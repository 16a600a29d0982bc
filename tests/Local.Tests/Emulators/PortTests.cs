namespace Waybill.Local.Tests.Emulators;

public sealed class PortTests
{
    /// <summary>By chance alone, two that pick 300 of 7,000 ports would share a dozen.</summary>
    [Fact]
    public async Task A_port_is_picked_by_one_process_alone_as_long_as_that_lives()
    {
        using var one = TestProcess.StartOwn("hold-ports", "300");
        using var another = TestProcess.StartOwn("hold-ports", "300");

        string[] picked = [.. (await one.LineWithAsync(" ")).Split(' '), .. (await another.LineWithAsync(" ")).Split(' ')];

        Assert.Equal(600, picked.Distinct().Count());
    }
}
