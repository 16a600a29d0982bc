// A shop that sends through Waybill, and a warehouse that receives: everything is up with `dotnet run --project samples/Shop/AppHost`.
var builder = DistributedApplication.CreateBuilder(args);

// From the clone that this sample is in. Without a clone it is container images: builder.AddWaybill("waybill").
var waybill = builder.AddWaybill("waybill", options => options.Clone = "../../..");

var warehouse = builder.AddProject<Projects.Warehouse>("warehouse")
    .WithIconName("BuildingFactory")
    .WithHttpHealthCheck("/health")
    .WithEnvironment(context => context.EnvironmentVariables["WEBHOOK_SECRET"] = waybill.Resource.SigningSecret);

var shop = builder.AddProject<Projects.Shop_Web>("shop")
    .WithIconName("Cart")
    .WithHttpHealthCheck("/health")
    .WithReference(waybill)
    .WithEnvironment("Warehouse__Url", warehouse.GetEndpoint("http"))
    .WaitFor(waybill)
    .WaitFor(warehouse);

// Orders are kept with SQLite, unless there is ConnectionStrings__shop: then with that PostgreSQL.
if (builder.Configuration["ConnectionStrings:shop"] is not null)
{
    shop.WithReference(builder.AddConnectionString("shop"));
}

builder.Build().Run();
