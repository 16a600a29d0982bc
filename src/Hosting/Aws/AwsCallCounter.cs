using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Waybill.Notifications.Telemetry;

namespace Waybill.Hosting.Aws;

/// <summary>
/// Counts what every AWS client of this process sends, those inside libraries too: each try is a call, as AWS charges for each.
/// </summary>
public sealed class AwsCallCounter : IRuntimePipelineCustomizer
{
    private AwsCallCounter()
    {
    }

    public string UniqueName => nameof(AwsCallCounter);

    /// <summary>Counts for clients that are made from now on. May be called again.</summary>
    public static void Register() => RuntimePipelineCustomizerRegistry.Instance.Register(new AwsCallCounter());

    public void Customize(Type type, RuntimePipeline pipeline) => pipeline.AddHandlerBefore<Unmarshaller>(new Handler());

    /// <summary>Inside the SDK's retries and after signing, so that it sees each request as it goes out.</summary>
    private sealed class Handler : PipelineHandler
    {
        private static readonly ConcurrentDictionary<Type, string> Operations = new();

        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            var sent = BodyLength(executionContext);

            try
            {
                return await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
            }
            finally
            {
                Count(executionContext, sent);
            }
        }

        public override void InvokeSync(IExecutionContext executionContext)
        {
            var sent = BodyLength(executionContext);

            try
            {
                base.InvokeSync(executionContext);
            }
            finally
            {
                Count(executionContext, sent);
            }
        }

        private static void Count(IExecutionContext context, long sent)
        {
            var request = context.RequestContext.Request;
            var received = context.ResponseContext.HttpResponse?.ContentLength ?? 0;

            WaybillMetrics.AwsCallMade(Service(context.RequestContext), Operation(request), sent, Math.Max(0, received));
        }

        /// <summary>The SDK's clients write the body into a stream, or into an array.</summary>
        private static long BodyLength(IExecutionContext context)
        {
            var request = context.RequestContext.Request;

            return request.ContentStream?.Length ?? request.Content?.Length ?? 0;
        }

        private static string Service(IRequestContext context) => context.ServiceMetaData.ServiceId;

        /// <summary>The name of the request's type without its last word, as the SDK names them for their operation.</summary>
        private static string Operation(IRequest request) =>
            Operations.GetOrAdd(request.OriginalRequest.GetType(), type => type.Name[..^"Request".Length]);
    }
}
