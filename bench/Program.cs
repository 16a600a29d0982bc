using System.CommandLine;
using Waybill.Bench.Scenarios;

var root = new RootCommand("Offers notifications to a running Waybill and measures what becomes of them.")
{
    BurstScenario.Command(),
};

return await root.Parse(args).InvokeAsync();
