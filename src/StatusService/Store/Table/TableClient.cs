using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime.Credentials;
using Waybill.Hosting.Aws;

namespace Waybill.StatusService.Store.Table;

/// <summary>
/// The calls that each notification makes several times, sent as the SDK would send them, with its credentials and to its endpoint, but not
/// through its handlers, which cost two to three times what the call does (docs/performance.md). What a request asks for beyond what this way knows
/// goes through the SDK's client.
/// </summary>
internal sealed class TableClient : ITableClient
{
    private readonly SdkTableClient _sdk;
    private readonly SignedCalls _calls;
    private readonly ItemReads _reads;

    public TableClient(AmazonDynamoDBConfig config, TimeProvider time)
    {
        var sdk = new AmazonDynamoDBClient(config);
        var timeout = config.Timeout ?? Timeout.InfiniteTimeSpan;
        var credentials = new TableCredentials(() => config.DefaultAWSCredentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(config), timeout, time);
        var endpoint = sdk.DetermineServiceOperationEndpoint(new ListTablesRequest()).URL;
        var region = config.AuthenticationRegion ?? (config.RegionEndpoint ?? AwsRegion.Required()).SystemName;

        _sdk = new SdkTableClient(sdk);
        _calls = new SignedCalls(new Uri(endpoint), new RequestSigner(region), credentials, timeout, time);
        _reads = new ItemReads(_calls, time);
    }

    public Task<ItemRead> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) => request switch
    {
        _ when !RequestJson.IsPlain(request) => _sdk.GetItemAsync(request, cancellationToken),
        { ConsistentRead: true } => _calls.SendAsync("GetItem", request, RequestJson.Write, ResponseJson.ReadGet, cancellationToken),
        _ => _reads.GetAsync(request, cancellationToken),
    };

    public Task<ItemsRead> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default) =>
        RequestJson.IsPlain(request)
            ? _calls.SendAsync("BatchGetItem", request, RequestJson.Write, ResponseJson.ReadBatchGet, cancellationToken)
            : _sdk.BatchGetItemAsync(request, cancellationToken);

    public Task<ItemPage> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) =>
        RequestJson.IsPlain(request)
            ? _calls.SendAsync("Query", request, RequestJson.Write, ResponseJson.ReadQuery, cancellationToken)
            : _sdk.QueryAsync(request, cancellationToken);

    public Task<WriteResult> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) =>
        RequestJson.IsPlain(request)
            ? _calls.WriteAsync("PutItem", request, RequestJson.Write, cancellationToken)
            : _sdk.PutItemAsync(request, cancellationToken);

    public Task<WriteResult> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) =>
        RequestJson.IsPlain(request)
            ? _calls.WriteAsync("UpdateItem", request, RequestJson.Write, cancellationToken)
            : _sdk.UpdateItemAsync(request, cancellationToken);

    public void Dispose()
    {
        _calls.Dispose();
        _sdk.Dispose();
    }
}
