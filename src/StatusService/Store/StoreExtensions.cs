using Amazon.DynamoDBv2;
using Microsoft.Extensions.Options;
using Waybill.Hosting.Aws;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store;

internal static class StoreExtensions
{
    /// <summary>The table, reached as the AWS SDK's usual configuration says (AWS_ENDPOINT_URL_DYNAMODB, region, credentials chain).</summary>
    public static WebApplicationBuilder AddStore(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TableOptions>()
            .BindConfiguration(TableOptions.SectionName)
            .ValidateDataAnnotations()
            .Validate(_ => AwsRegion.Find() is not null, AwsRegion.Missing)
            .ValidateOnStart();

        AwsCallCounter.Register();

        builder.Services.AddSingleton<ITableClient>(services =>
        {
            // Services that run in the background have the client before the options are validated: what is missing is said in our words.
            _ = services.GetRequiredService<IOptions<TableOptions>>().Value;

            return new TableClient(
                new AmazonDynamoDBConfig
                {
                    // TableCalls retries.
                    MaxErrorRetry = 0,
                    Timeout = TimeSpan.FromSeconds(2),
                },
                services.GetRequiredService<TimeProvider>());
        });

        builder.Services.AddSingleton<TableCalls>();
        builder.Services.AddSingleton<ShardSpread>();
        builder.Services.AddSingleton<PartitionDirectory>();
        builder.Services.AddSingleton<RecordPartitions>();
        builder.Services.AddSingleton<TransitionJournal>();
        builder.Services.AddSingleton<NotificationStore>();
        builder.Services.AddSingleton<OlderHours>();
        builder.Services.AddHostedService<OlderHoursWatch>();
        builder.Services.AddSingleton<RecentIndex>();
        builder.Services.AddSingleton<FailedIndex>();
        builder.Services.AddSingleton<CorrelationIndex>();
        builder.Services.AddSingleton<EndpointIndex>();
        builder.Services.AddSingleton<OlderIndex>();
        builder.Services.AddSingleton<OpenRecords>();
        builder.Services.AddSingleton<RecordWalks>();
        return builder;
    }
}
