using Waybill.Infra.Services;

namespace Waybill.Bench.Scale.Autoscaling;

/// <summary>Figures of the worker's scaling. The deployed ones are those of infra.</summary>
internal sealed record ScalingRules
{
    public static readonly ScalingRules Deployed = new();

    public int LeastTasks { get; init; } = Sizes.LeastTasks;

    public int MostTasks { get; init; } = Sizes.MostWorkerTasks;

    public double MessagesPerTask { get; init; } = Sizes.MessagesPerTask;

    public int OutPauseSeconds { get; init; } = Sizes.OutPauseSeconds;

    public int InPauseSeconds { get; init; } = Sizes.InPauseSeconds;

    /// <summary>A second policy, which infra has not: messages sent to the queue a second for each task. Null: none.</summary>
    public double? ArrivalsPerTask { get; init; }
}
