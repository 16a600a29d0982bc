namespace Waybill.Infra.Services;

/// <summary>
/// The figures of size and scaling, apart from the constructs that are made of them. docs/scale.md reckons with them: who changes one
/// says there what else it changes.
/// </summary>
internal static class Sizes
{
    /// <summary>Of every task, in thousandths of a vCPU as ECS counts them: 1,024 are one.</summary>
    public const int TaskCpu = 512;

    public const int TaskMemoryMiB = 1024;

    /// <summary>Two at least of each service, so that one zone may fail.</summary>
    public const int LeastTasks = 2;

    public const int MostIntakeTasks = 10;
    public const int MostStatusTasks = 20;
    public const int MostWorkerTasks = 20;

    /// <summary>Percent of its CPU to which a service with an API is kept.</summary>
    public const int CpuPercent = 60;

    /// <summary>Requests a minute for each task with a public API: 100 a second, of which CPU leaves the judgement what they cost.</summary>
    public const int RequestsPerTask = 6000;

    /// <summary>A worker makes 64 calls at a time; to receivers that answer within a second, this waits for about ten seconds.</summary>
    public const int MessagesPerTask = 600;

    /// <summary>Seconds from one growth to the next.</summary>
    public const int OutPauseSeconds = 60;

    /// <summary>Seconds from one shrinking to the next.</summary>
    public const int InPauseSeconds = 300;

    /// <summary>IPv4 addresses of each private subnet: a /22, of which AWS keeps five.</summary>
    public const int SubnetBits = 22;
}
