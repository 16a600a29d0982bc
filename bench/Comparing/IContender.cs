using Waybill.Bench.Measuring;

namespace Waybill.Bench.Comparing;

/// <summary>A running system that takes notifications at <c>POST /v1/notifications</c>, as Waybill does, and delivers them.</summary>
internal interface IContender : IAsyncDisposable
{
    Uri Intake { get; }

    /// <summary>Seconds from the start of its first process until the last of its processes served.</summary>
    double StartSeconds { get; }

    /// <summary>Its own processes.</summary>
    IReadOnlyList<ProcessUse> Own { get; }

    /// <summary>What it keeps its notifications in.</summary>
    IReadOnlyList<ProcessUse> Backends { get; }

    /// <summary>How many notifications are final since its start.</summary>
    Task<double> FinishedAsync(CancellationToken cancellationToken);
}
