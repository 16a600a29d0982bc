using Waybill.Simulation.Mutations;

namespace Waybill.Simulation.Runs;

/// <summary>One run: faults for a while, then time to recover, then everything must be final.</summary>
internal static class SimulatedRun
{
    /// <summary>
    /// What recovery may take once faults have stopped: a frozen process, a lease, due times and the attempts that are left,
    /// each found by a poll of its own; and the pauses of a host that stayed silent, which grow to a minute for each call.
    /// </summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(30);

    /// <param name="theme">Null: some of everything.</param>
    public static RunResult Of(int seed, TextWriter? trace = null, Mutation? mutation = null, Theme? theme = null)
    {
        var world = new World(seed, trace, mutation ?? Mutation.None, theme ?? Theme.Any);
        world.Fleet.Start(world.Scenario.StatusReplicas, world.Scenario.Intakes, world.Scenario.Workers);

        var clients = new List<Outsider>();
        var lapse = new TimeLapse(world, clients);
        new Disasters(world).Plan(whenOver: lapse.Begin);
        Start(clients, world);

        if (world.Theme.IsLong)
        {
            lapse.Begin();
        }

        var deadline = world.Scenario.FaultsUntil + Recovery;

        while (world.Checks.Broken.Count == 0 && world.Loop.Now < deadline && world.Loop.RunNext())
        {
            if (world.Faults.IsOver && clients.TrueForAll(client => client.IsDone) && world.Checks.AllIsOver)
            {
                break;
            }
        }

        world.Checks.AtEnd();
        return world.Checks.Result(seed);
    }

    private static void Start(List<Outsider> clients, World world)
    {
        if (world.Theme.Events)
        {
            clients.AddRange(world.Tenant.Begin());
        }

        for (var number = 1; number <= world.Scenario.Notifications; number++)
        {
            var script = NewScript(world, number);
            world.Checks.Expect(script);
            clients.Add(new SimulatedClient(world, script, $"client-{number}"));

            if (world.Random.Next(5) == 0)
            {
                // The same request at the same time, or another one with the same key.
                var second = world.Random.Next(2) == 0 ? script : NewScript(world, number);
                clients.Add(new SimulatedClient(world, second, $"client-{number}b"));
            }
        }

        clients.ForEach(client => _ = client.RunAsync());
    }

    private static NotificationScript NewScript(World world, int number) => new(
        world.Random,
        $"order-{number}",
        host: world.Scenario.IsOneHost ? "shop" : $"shop-{number}",
        startWithin: world.Scenario.StartWithin,
        isLong: world.Theme.IsLong,
        mayNotify: world.Theme.Silent);
}
