using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SQS.Internal;

internal static class SqsErrors
{
    private const string QueryPrefix = "AWS.SimpleQueueService.";

    private static readonly Dictionary<string, Type> TypeByShape = typeof(AmazonSQSException).Assembly.GetExportedTypes()
        .Where(type => type.IsSubclassOf(typeof(AmazonSQSException)))
        .ToDictionary(type => type.Name[..^"Exception".Length]);

    /// <summary>
    /// The JSON protocol names the error's shape. SQS spoke another protocol before and still sends that one's code in a header;
    /// the published client, too, puts the old code into <see cref="AmazonServiceException.ErrorCode"/> when there is one.
    /// </summary>
    internal static AmazonSQSException ToException(string shape, ErrorResponse error, Exception innerException, HttpStatusCode status)
    {
        var arguments = new object[] { error.Message, innerException, error.Type, error.Code, error.RequestId, status };
        var type = TypeByShape.GetValueOrDefault(ShapeOf(shape), typeof(AmazonSQSException));

        return (AmazonSQSException)Activator.CreateInstance(type, arguments);
    }

    private static string ShapeOf(string code)
    {
        var name = code.StartsWith(QueryPrefix, StringComparison.Ordinal) ? code[QueryPrefix.Length..] : code;

        return name switch
        {
            "NonExistentQueue" => "QueueDoesNotExist",
            "QueueAlreadyExists" => "QueueNameExists",
            _ => name,
        };
    }
}
