using Amazon.Runtime.Internal;

namespace Amazon.SQS.Internal;

/// <summary>Names the service in the SDK's own telemetry.</summary>
internal sealed class SqsMetadata : IServiceMetadata
{
    public string ServiceId => "SQS";

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
