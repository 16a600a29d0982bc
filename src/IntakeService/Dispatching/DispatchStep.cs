namespace Waybill.IntakeService.Dispatching;

/// <summary>What became of one due notification.</summary>
public enum DispatchStep
{
    /// <summary>It had moved on, or another Dispatcher was faster.</summary>
    Nothing,

    /// <summary>It was sent, or given up.</summary>
    Done,

    QueueFailed,
}
