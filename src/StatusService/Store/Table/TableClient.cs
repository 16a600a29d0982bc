using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime.Credentials;
using Waybill.Hosting.Aws;

namespace Waybill.StatusService.Store.Table;

/// <summary>
/// The SDK's client, with a short way for the calls that each notification makes several times: reading, putting and updating one item,
/// reading many, and asking an index. They go out as the SDK would send them, with its credentials and to its endpoint, but not through its dozen
/// handlers, which cost several times what the call does. Everything else, and what the short way does not know, is the SDK's.
/// </summary>
/// <remarks>
/// A failed condition is an answer here: its status is <see cref="Refused"/>, which DynamoDB never sends, and its attributes are
/// the item that stood in the way.
/// </remarks>
internal sealed class TableClient : AmazonDynamoDBClient
{
    public const HttpStatusCode Refused = HttpStatusCode.NonAuthoritativeInformation;

    private readonly SignedCalls _calls;
    private readonly ItemReads _reads;

    public TableClient(AmazonDynamoDBConfig config, TimeProvider time)
        : base(config)
    {
        var timeout = config.Timeout ?? Timeout.InfiniteTimeSpan;
        var credentials = new TableCredentials(() => config.DefaultAWSCredentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(config), timeout, time);
        var endpoint = DetermineServiceOperationEndpoint(new ListTablesRequest()).URL;
        var region = config.AuthenticationRegion ?? (config.RegionEndpoint ?? AwsRegion.Required()).SystemName;

        _calls = new SignedCalls(new Uri(endpoint), new RequestSigner(region), credentials, timeout, time);
        _reads = new ItemReads(_calls, time);
    }

    public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) => request switch
    {
        _ when !RequestJson.IsPlain(request) => base.GetItemAsync(request, cancellationToken),
        { ConsistentRead: true } => _calls.SendAsync("GetItem", request, RequestJson.Write, AnswerJson.ReadGet, cancellationToken),
        _ => _reads.GetAsync(request, cancellationToken),
    };

    public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) =>
        RequestJson.IsPlain(request)
            ? _calls.SendAsync("PutItem", request, RequestJson.Write, AnswerJson.ReadPut, cancellationToken)
            : base.PutItemAsync(request, cancellationToken);

    public override Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) =>
        RequestJson.IsPlain(request)
            ? _calls.SendAsync("UpdateItem", request, RequestJson.Write, AnswerJson.ReadUpdate, cancellationToken)
            : base.UpdateItemAsync(request, cancellationToken);

    public override Task<BatchGetItemResponse> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default) =>
        RequestJson.IsPlain(request)
            ? _calls.SendAsync("BatchGetItem", request, RequestJson.Write, AnswerJson.ReadBatchGet, cancellationToken)
            : base.BatchGetItemAsync(request, cancellationToken);

    public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) =>
        RequestJson.IsPlain(request)
            ? _calls.SendAsync("Query", request, RequestJson.Write, AnswerJson.ReadQuery, cancellationToken)
            : base.QueryAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _calls.Dispose();
        }

        base.Dispose(disposing);
    }
}
