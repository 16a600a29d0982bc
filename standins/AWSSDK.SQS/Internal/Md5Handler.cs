using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>Compares the MD5 sums in SQS's answers with what was sent or received, and fails the call on a difference.</summary>
internal sealed class Md5Handler : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var response = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);

        switch (executionContext.RequestContext.OriginalRequest, executionContext.ResponseContext.Response)
        {
            case (SendMessageRequest request, SendMessageResponse sent):
                Md5.Check(sent.MessageId, request.MessageBody, sent.MD5OfMessageBody);
                Md5.Check(sent.MessageId, request.MessageAttributes, sent.MD5OfMessageAttributes);
                break;

            case (SendMessageBatchRequest request, SendMessageBatchResponse sent):
                Check(request, sent);
                break;

            case (_, ReceiveMessageResponse received):
                Check(received);
                break;
        }

        return response;
    }

    private static void Check(SendMessageBatchRequest request, SendMessageBatchResponse response)
    {
        foreach (var sent in response.Successful ?? [])
        {
            var entry = request.Entries.Find(entry => entry.Id == sent.Id);

            Md5.Check(sent.MessageId, entry?.MessageBody, sent.MD5OfMessageBody);
            Md5.Check(sent.MessageId, entry?.MessageAttributes, sent.MD5OfMessageAttributes);
        }
    }

    private static void Check(ReceiveMessageResponse response)
    {
        foreach (var message in response.Messages ?? [])
        {
            Md5.Check(message.MessageId, message.Body, message.MD5OfBody);
            Md5.Check(message.MessageId, message.MessageAttributes, message.MD5OfMessageAttributes);
        }
    }
}
