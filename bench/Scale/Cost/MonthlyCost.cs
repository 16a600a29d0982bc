using Waybill.Bench.Scale.Needs;
using Waybill.Infra.Services;

namespace Waybill.Bench.Scale.Cost;

/// <summary>Dollars a month at an even rate.</summary>
internal sealed record MonthlyCost
{
    private const double StoredGigabytes = 2;
    private const double ZoneGigabytes = 5;
    private const double InternetGigabytes = 2;
    private const double LogGigabytes = 4;
    private const double CapacityUnits = 2;
    private const int Zones = 2;
    private const double MemoryGigabytes = Sizes.TaskMemoryMiB / 1024.0;

    /// <summary>A claim reads the request, and before a retry the record is read with strong consistency.</summary>
    private const double ReadsOfDelivery = 0.5;
    private const double ReadsOfRetry = 1.5;

    private readonly ScaleInputs _inputs;
    private readonly Habits _habits;
    private readonly double _rate;

    public MonthlyCost(ScaleInputs inputs, Habits habits, double rate)
    {
        _inputs = inputs;
        _habits = habits;
        _rate = rate;
    }

    public double Millions => _rate * Prices.SecondsInMonth / Prices.Million;

    public double Capacity =>
        Units(WriteUnits.Of(_inputs.Retries).Sum, Prices.WriteUnits, Prices.ProvisionedWrite)
        + Units(ReadsOfDelivery + (_inputs.Retries * ReadsOfRetry), Prices.ReadUnits, Prices.ProvisionedRead);

    public double Stored => Millions * StoredGigabytes * (Prices.Storage + Prices.Backup);

    public double Queue => Millions * Attempts * _habits.QueueRequests * Prices.QueueRequests;

    public double TaskHours
    {
        get
        {
            var tasks = Tasks.Of(_inputs, _rate);
            return Prices.Hours * ((tasks.VirtualCpus * Prices.VirtualCpu) + (tasks.Sum * MemoryGigabytes * Prices.Memory));
        }
    }

    public double Network => (Millions * Attempts * NetworkPerMillion) + (_habits.Endpoints * Zones * Prices.Hours * Prices.Endpoint);

    public double Logs => Millions * Attempts * _habits.Logs * LogGigabytes * (Prices.LogsIn + Prices.LogsKept);

    public double Traces => Millions * _habits.Traces * Prices.Traces;

    public double Sum => Capacity + Stored + Queue + TaskHours + Network + Logs + Traces + Prices.IdleWithoutTasks;

    private double Attempts => 1 + _inputs.Retries;

    private double NetworkPerMillion =>
        (_habits.NatGigabytes * Prices.NatTraffic)
        + (_habits.EndpointGigabytes * Prices.EndpointTraffic)
        + (ZoneGigabytes * Prices.ZoneTraffic)
        + (InternetGigabytes * Prices.InternetTraffic)
        + (CapacityUnits * Prices.CapacityUnit);

    private double Units(double each, double onDemand, double provisioned) => _habits.CapacityUse is { } use
        ? each * _rate / use * provisioned * Prices.Hours
        : each * Millions * onDemand;
}
