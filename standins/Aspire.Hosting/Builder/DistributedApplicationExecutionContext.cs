namespace Aspire.Hosting;

/// <summary>Here it is always <see cref="DistributedApplicationOperation.Run"/>: publishing is the original's alone.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    public DistributedApplicationOperation Operation => operation;

    public bool IsRunMode => operation == DistributedApplicationOperation.Run;

    public bool IsPublishMode => operation == DistributedApplicationOperation.Publish;
}

public enum DistributedApplicationOperation
{
    Run = 0,
    Publish = 1,
}
