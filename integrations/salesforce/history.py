"""Deals that are over, page by page, with all that Salesforce knows of them."""

AFTER = (
    "SELECT Id, Name, Account.Name, Account.Industry, CurrencyIsoCode, Amount, Payment_Days__c, Term_Months__c, IsWon,"
    " Loss_Reason__c, Main_Competitor__c, CreatedDate, CloseDate,"
    " (SELECT Product2.ProductCode, Quantity, UnitPrice, Discount, TotalPrice FROM OpportunityLineItems),"
    " (SELECT Role FROM OpportunityContactRoles), (SELECT StageName, CreatedDate FROM OpportunityHistories)"
    " FROM Opportunity WHERE IsClosed = true AND Id > {} ORDER BY Id LIMIT 200"
)
